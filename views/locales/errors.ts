// What went wrong, what was kept, and what to do.
import { messages } from './message.ts'

export const errors = messages({
  'errors.summary': {
    pt: { one: 'Há {count} campo a corrigir', other: 'Há {count} campos a corrigir' },
    en: { one: '{count} field to put right', other: '{count} fields to put right' },
  },
  'errors.kept': { pt: 'O que escreveu continua aqui.', en: 'What you typed is still here.' },
  'errors.required': { pt: 'Preencha este campo.', en: 'Fill in this field.' },
  'errors.invalid': { pt: 'Este valor não serve.', en: 'This value does not fit.' },
  'errors.invalid-number': { pt: 'Escreva um número, como 12 ou 12,50.', en: 'Write a number, such as 12 or 12.50.' },
  'errors.out-of-range': {
    pt: 'Este número é demasiado pequeno ou demasiado grande.',
    en: 'This number is too small or too large.',
  },
  'errors.too-long': {
    pt: 'É demasiado longo: no máximo {max} caracteres.',
    en: 'It is too long: at most {max} characters.',
  },
  'errors.invalid-email': {
    pt: 'Escreva um e-mail completo, como ana@loja.co.mz.',
    en: 'Write a whole e-mail, such as ana@shop.co.mz.',
  },
  'errors.invalid-date': { pt: 'Escreva uma data válida.', en: 'Write a valid date.' },
  'errors.not-found-title': { pt: 'Esta página não existe', en: 'This page does not exist' },
  'errors.not-found': {
    pt: 'O endereço pode estar errado, ou o que procura mudou de lugar.',
    en: 'The address may be wrong, or what you look for has moved.',
  },
  'errors.forbidden-title': { pt: 'Não tem acesso a esta página', en: 'You have no access to this page' },
  'errors.forbidden': {
    pt: 'Peça acesso a um administrador, se precisar dele para o seu trabalho.',
    en: 'Ask an administrator for access, if your work needs it.',
  },
  'errors.failed-title': { pt: 'Algo correu mal do nosso lado', en: 'Something went wrong on our side' },
  'errors.failed': {
    pt: 'Nada do que já foi confirmado se perdeu. Tente de novo dentro de momentos.',
    en: 'Nothing that was confirmed is lost. Try again in a moment.',
  },
  'errors.unavailable-title': { pt: 'Um momento', en: 'One moment' },
  'errors.unavailable': {
    pt: 'O sistema está a arrancar ou muito ocupado. Tente de novo dentro de segundos.',
    en: 'The system is starting or very busy. Try again in a few seconds.',
  },
  'errors.not-sent': {
    pt: 'Não chegou ao servidor. O que escreveu continua aqui; tente de novo quando houver rede.',
    en: 'It did not reach the server. What you typed is still here; try again when there is a network.',
  },
  'errors.conflict': {
    pt: 'Alguém mudou isto entretanto. Veja como está agora e tente de novo.',
    en: 'Somebody changed this meanwhile. See how it is now and try again.',
  },
  'errors.insufficient-stock': {
    pt: 'Não há stock que chegue: há {onHand}, pediu {asked}.',
    en: 'Not enough stock: there are {onHand}, you asked for {asked}.',
  },
  'errors.reference': { pt: 'Referência: {id}', en: 'Reference: {id}' },
  'errors.home': { pt: 'Ir para o início', en: 'Go to the start' },
})

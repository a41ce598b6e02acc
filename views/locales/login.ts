// The way in.
import { messages } from './message.ts'

export const login = messages({
  'login.title': { pt: 'Entrar', en: 'Log in' },
  'login.welcome': { pt: 'Bem-vindo', en: 'Welcome' },
  'login.lead': {
    pt: 'Entre com a conta que a sua empresa lhe deu.',
    en: 'Use the account that your company gave you.',
  },
  'login.email': { pt: 'E-mail', en: 'E-mail' },
  'login.password': { pt: 'Palavra-passe', en: 'Password' },
  'login.show-password': { pt: 'Mostrar a palavra-passe', en: 'Show the password' },
  'login.hide-password': { pt: 'Esconder a palavra-passe', en: 'Hide the password' },
  'login.submit': { pt: 'Entrar', en: 'Log in' },
  'login.wrong': {
    pt: 'O e-mail ou a palavra-passe não está certo. Verifique e tente de novo.',
    en: 'The e-mail or the password is not right. Check them and try again.',
  },
  'login.too-many': {
    pt: 'Demasiadas tentativas. Espere {minutes} min e tente de novo.',
    en: 'Too many attempts. Wait {minutes} min and try again.',
  },
  'login.session-ended': {
    pt: 'A sua sessão terminou. Entre de novo para continuar.',
    en: 'Your session has ended. Log in again to continue.',
  },
  'login.password-set': { pt: 'Palavra-passe guardada. Pode entrar.', en: 'Password saved. You can sign in.' },
  'login.logged-out': { pt: 'Terminou a sessão.', en: 'You have logged out.' },
  'login.demo-title': { pt: 'Contas de demonstração', en: 'Demo accounts' },
  'login.demo-hint': { pt: 'Palavra-passe de todas: {password}', en: 'Password of all: {password}' },
  'login.promise': { pt: 'Cada venda, um facto que fica.', en: 'Every sale, a fact that stays.' },
})

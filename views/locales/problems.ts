// Problems by their code: one sentence each, the same for a person's page and a program's problem details.
import { messages } from './message.ts'

export const problems = messages({
  'problem.refused': { pt: 'Não é possível fazer isto agora.', en: 'This cannot be done now.' },
  'problem.invalid-input': { pt: 'Há campos a corrigir.', en: 'Some fields are not valid.' },
  'problem.malformed-request': { pt: 'O pedido não se consegue ler.', en: 'The request cannot be read.' },
  'problem.not-signed-in': { pt: 'Entre primeiro.', en: 'Sign in first.' },
  'problem.wrong-credentials': {
    pt: 'O e-mail ou a palavra-passe não está certo.',
    en: 'The e-mail or the password is not right.',
  },
  'problem.session-over': { pt: 'A sessão terminou. Entre de novo.', en: 'The session is over. Sign in again.' },
  'problem.forbidden': { pt: 'Não tem permissão para isto.', en: 'You are not permitted to do this.' },
  'problem.cross-site': { pt: 'O pedido veio de outro sítio.', en: 'The request came from another site.' },
  'problem.not-found': { pt: 'Não existe.', en: 'There is no such thing.' },
  'problem.method-not-allowed': { pt: 'Isto não se faz assim.', en: 'This method is not allowed here.' },
  'problem.too-large': { pt: 'É demasiado grande.', en: 'It is too large.' },
  'problem.unsupported-media-type': { pt: 'Este formato não serve.', en: 'This format is not accepted.' },
  'problem.idempotency-key-reused': {
    pt: 'Esta chave já serviu para outro pedido. Use uma chave nova.',
    en: 'This idempotency key was used for another request. Use a new one.',
  },
  'problem.too-many-attempts': {
    pt: 'Demasiadas tentativas. Espere um pouco.',
    en: 'Too many attempts. Wait a while.',
  },
  'problem.internal-error': {
    pt: 'Algo correu mal do nosso lado. Nada do que foi confirmado se perdeu.',
    en: 'Something went wrong on our side. Nothing that was confirmed is lost.',
  },
  'problem.unavailable': {
    pt: 'Não está disponível agora. Tente de novo.',
    en: 'Not available now. Try again shortly.',
  },
  'problem.not-caught-up': {
    pt: 'Os dados ainda não chegaram a essa posição. Tente de novo.',
    en: 'The data have not reached that position yet. Try again shortly.',
  },
  'problem.contention': {
    pt: 'Muitos ao mesmo tempo. Tente de novo.',
    en: 'Too many at the same time. Try again shortly.',
  },
  'problem.insufficient-stock': { pt: 'Não há stock que chegue.', en: 'There is not enough stock.' },
  'problem.name-taken': { pt: 'Este nome já está em uso.', en: 'This name is taken.' },
  'problem.unknown-product': { pt: 'Este produto não existe.', en: 'There is no such product.' },
  'problem.unknown-location': { pt: 'Este local não existe.', en: 'There is no such location.' },
  'problem.unknown-sale': { pt: 'Esta venda não existe.', en: 'There is no such sale.' },
  'problem.unknown-customer': { pt: 'Este cliente não existe.', en: 'There is no such customer.' },
  'problem.unknown-person': { pt: 'Esta pessoa não existe.', en: 'There is no such person.' },
  'problem.unknown-session': { pt: 'Esta sessão não existe.', en: 'There is no such session.' },
  'problem.erased': { pt: 'Os dados foram apagados.', en: 'The data were erased.' },
  'problem.last-super-admin': {
    pt: 'Tem de ficar pelo menos um super-administrador activo.',
    en: 'At least one active super-admin must remain.',
  },
})

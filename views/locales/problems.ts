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
  'problem.invalid-nuit': {
    pt: 'Este NUIT não está certo: tem nove algarismos e o último confirma os outros.',
    en: 'This NUIT is not right: it has nine digits, and the last one checks the others.',
  },
  'problem.customer-required': {
    pt: 'Uma venda em conta precisa de um cliente.',
    en: 'A sale on account needs a customer.',
  },
  'problem.tendered-too-little': { pt: 'O dinheiro entregue não chega.', en: 'The cash handed over is not enough.' },
  'problem.discount-too-large': {
    pt: 'O desconto é maior do que o valor do artigo.',
    en: 'The discount is more than the item comes to.',
  },
  'problem.not-permitted': { pt: 'Não tem permissão para isto.', en: 'You are not permitted to do this.' },
  'problem.location-closed': { pt: 'Este local está fechado.', en: 'This location is closed.' },
  'problem.unknown-till': { pt: 'Esta caixa não existe neste local.', en: 'There is no such till at this location.' },
  'problem.not-set-up': { pt: 'A empresa ainda não está configurada.', en: 'The company is not set up yet.' },
  'problem.already-voided': { pt: 'Esta venda já foi anulada.', en: 'This sale was voided already.' },
  'problem.cannot-void': {
    pt: 'Esta venda já não se pode anular: só no próprio dia e antes de devoluções ou pagamentos. Pode devolver os artigos.',
    en: 'This sale can no longer be voided: only on its own day and before refunds or payments. You can refund it.',
  },
  'problem.nothing-left': { pt: 'Já foi tudo devolvido.', en: 'Everything was refunded already.' },
  'problem.no-such-line': { pt: 'Esta linha não existe na venda.', en: 'The sale has no such line.' },
  'problem.more-than-sold': {
    pt: 'Não se pode devolver mais do que foi vendido.',
    en: 'No more can be given back than was sold.',
  },
  'problem.refund-method-required': { pt: 'Diga como se devolve o dinheiro.', en: 'Say how the money is given back.' },
  'problem.not-on-account': { pt: 'Esta venda não ficou em conta.', en: 'This sale is not on account.' },
  'problem.more-than-owed': { pt: 'É mais do que está em dívida.', en: 'It is more than is owed.' },
  'problem.till-open': { pt: 'Esta caixa já tem uma sessão aberta.', en: 'This till has an open session already.' },
  'problem.cash-session-closed': {
    pt: 'Esta sessão de caixa já está fechada.',
    en: 'This cash session is closed already.',
  },
  'problem.unknown-cash-session': { pt: 'Esta sessão de caixa não existe.', en: 'There is no such cash session.' },
  'problem.not-enough-cash': { pt: 'Não há tanto dinheiro na gaveta.', en: 'There is not so much cash in the drawer.' },
  'problem.amount-too-large': { pt: 'O valor é demasiado grande.', en: 'The amount is too large.' },
})

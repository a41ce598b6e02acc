// The reader's own account
import { messages } from './message.ts'

export const profile = messages({
  'profile.title': { pt: 'O meu perfil', en: 'My profile' },
  'profile.preferences': { pt: 'Preferências', en: 'Preferences' },
  'profile.password': { pt: 'Palavra-passe', en: 'Password' },
  'profile.current-password': { pt: 'Palavra-passe actual', en: 'Current password' },
  'profile.new-password': { pt: 'Nova palavra-passe', en: 'New password' },
  'profile.new-password-hint': {
    pt: 'Pelo menos 10 caracteres; uma frase serve bem.',
    en: 'At least 10 characters; a phrase serves well.',
  },
  'profile.change-password': { pt: 'Mudar a palavra-passe', en: 'Change the password' },
  'profile.password-changed': {
    pt: 'Palavra-passe mudada. As outras sessões terminaram.',
    en: 'Password changed. Your other sessions have ended.',
  },
  'profile.sessions': { pt: 'As minhas sessões', en: 'My sessions' },
  'profile.data': { pt: 'Os meus dados', en: 'My data' },
  'profile.email-hint': { pt: 'Quem administra pode mudá-lo.', en: 'An administrator can change it.' },
  'profile.language': { pt: 'Idioma', en: 'Language' },
  'profile.preferences-saved': { pt: 'Preferências guardadas.', en: 'Preferences saved.' },
  'profile.wrong-password': { pt: 'Esta não é a sua palavra-passe.', en: 'This is not your password.' },
  'profile.revoke-others-confirm': {
    pt: 'Terminar todas as suas outras sessões?',
    en: 'End all your other sessions?',
  },
  'profile.workplace': { pt: 'Onde trabalha agora?', en: 'Where do you work now?' },
  'profile.workplace-lead': {
    pt: 'A caixa, o stock e os avisos seguem o local escolhido, neste navegador.',
    en: 'The till, the stock and the alerts follow the chosen location, in this browser.',
  },
  'profile.workplace-choose': { pt: 'Trabalhar aqui', en: 'Work here' },
  'profile.workplace-now': { pt: 'Agora', en: 'Now' },
  'profile.workplace-changed': { pt: 'Local mudado.', en: 'Location changed.' },
  'profile.workplace-none': { pt: 'Ainda não há nenhum local aberto', en: 'No location is open yet' },
})

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
})

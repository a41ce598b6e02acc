// People, roles, departments, sessions.
import { messages } from './message.ts'

export const people = messages({
  'people.title': { pt: 'Pessoas', en: 'People' },
  'people.new': { pt: 'Nova pessoa', en: 'New person' },
  'people.somebody': { pt: 'Alguém', en: 'Somebody' },
  'people.role': { pt: 'Função', en: 'Role' },
  'people.role.super-admin': { pt: 'Super-administrador', en: 'Super-admin' },
  'people.role.admin': { pt: 'Administrador', en: 'Administrator' },
  'people.role.manager': { pt: 'Gerente', en: 'Manager' },
  'people.role.employee': { pt: 'Funcionário', en: 'Employee' },
  'people.departments': { pt: 'Departamentos', en: 'Departments' },
  'people.workplace': { pt: 'Local de trabalho', en: 'Workplace' },
  'people.status.active': { pt: 'Activa', en: 'Active' },
  'people.status.deactivated': { pt: 'Desactivada', en: 'Deactivated' },
  'people.deactivate': { pt: 'Desactivar', en: 'Deactivate' },
  'people.deactivate-confirm': {
    pt: 'Desactivar {name}? As suas sessões terminam já.',
    en: 'Deactivate {name}? Their sessions end at once.',
  },
  'people.reactivate': { pt: 'Reactivar', en: 'Reactivate' },
  'people.reset-password': { pt: 'Definir nova palavra-passe', en: 'Set a new password' },
  'people.sessions': { pt: 'Sessões', en: 'Sessions' },
  'people.session-started': { pt: 'Começou', en: 'Started' },
  'people.session-device': { pt: 'Aparelho', en: 'Device' },
  'people.session-this': { pt: 'Esta sessão', en: 'This session' },
  'people.revoke': { pt: 'Terminar', en: 'End' },
  'people.revoke-all': { pt: 'Terminar todas as outras', en: 'End all others' },
  'people.empty': { pt: 'Só está cá você', en: 'You are the only one here' },
  'people.empty-hint': {
    pt: 'Adicione quem vende, recebe e conta consigo.',
    en: 'Add those who sell, receive and count with you.',
  },
})

// Alerts: what went wrong, in words for people
import { messages } from './message.ts'

export const alerts = messages({
  'alert.projection-stopped': { pt: 'Uma projecção parou', en: 'A projection has stopped' },
  'alert.mail-unreachable': { pt: 'O servidor de e-mail não responde', en: 'The mail server is out of reach' },
  'alert.reaction-parked': { pt: 'Uma reacção ficou por fazer', en: 'A reaction was left undone' },
  'alert.job-failed': { pt: 'Um trabalho agendado falhou', en: 'A scheduled job failed' },
  'alert.backup-failed': { pt: 'Uma cópia de segurança falhou', en: 'A backup failed' },
  'alert.log-changed': { pt: 'O registo não é o que foi selado', en: 'The log is not what was sealed' },
  'alert.health-check': { pt: 'Uma parte do sistema falha', en: 'A part of the system is failing' },
  'alert.error-rate': { pt: 'Muitas respostas com erro', en: 'Many answers are errors' },
  'alert.response-time': { pt: 'Respostas lentas', en: 'Slow answers' },
  'alert.projection-lag': { pt: 'Projecções atrasadas', en: 'Projections lag behind' },
  'alert.event-loop': { pt: 'Ciclo de eventos bloqueado', en: 'The event loop is blocked' },
  'alert.cpu': { pt: 'Processador ocupado', en: 'The processor is busy' },
  'alert.disk': { pt: 'Disco quase cheio', en: 'The disk is nearly full' },
  'alert.memory-trend': { pt: 'A memória não pára de crescer', en: 'Memory keeps growing' },
  'alert.backup-late': { pt: 'Cópia de segurança atrasada', en: 'The backup is late' },
  'alert.mail-failing': { pt: 'Correio por entregar', en: 'E-mail is failing' },
  'alert.suspicious-logins': { pt: 'Entradas suspeitas', en: 'Suspicious logins' },
  'alert.severity.warning': { pt: 'Aviso', en: 'Warning' },
  'alert.severity.critical': { pt: 'Crítico', en: 'Critical' },
})

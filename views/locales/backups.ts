// The words of backups and restores.
import { messages } from './message.ts'

export const backups = messages({
  'backups.title': { pt: 'Cópias de segurança', en: 'Backups' },
  'backups.lead': {
    pt: 'Tudo o que não se pode refazer, cifrado, relido e conferido depois de escrito.',
    en: 'All that cannot be made again, encrypted, read back and verified once written.',
  },
  'backups.make': { pt: 'Fazer uma cópia agora', en: 'Back up now' },
  'backups.begun': { pt: 'A cópia começou.', en: 'The backup has begun.' },
  'backups.none': { pt: 'Ainda não há cópias.', en: 'There are no backups yet.' },
  'backups.none-note': {
    pt: 'A primeira faz-se à hora marcada, ou já, com o botão em cima.',
    en: 'The first is made at its hour, or now with the button above.',
  },
  'backups.created': { pt: 'Feita em', en: 'Made' },
  'backups.kind': { pt: 'Tipo', en: 'Kind' },
  'backups.kind.full': { pt: 'Completa', en: 'Full' },
  'backups.kind.incremental': { pt: 'Incremental', en: 'Incremental' },
  'backups.state': { pt: 'Estado', en: 'State' },
  'backups.state.running': { pt: 'Em curso', en: 'Running' },
  'backups.state.verified': { pt: 'Conferida', en: 'Verified' },
  'backups.state.failed': { pt: 'Falhou', en: 'Failed' },
  'backups.state.removed': { pt: 'Removida', en: 'Removed' },
  'backups.events': { pt: 'Eventos', en: 'Events' },
  'backups.size': { pt: 'Tamanho', en: 'Size' },
  'backups.duration': { pt: 'Duração', en: 'Duration' },
  'backups.verified': { pt: 'Conferida em', en: 'Verified' },
  'backups.verify': { pt: 'Conferir', en: 'Verify' },
  'backups.verify-of': { pt: 'Conferir a cópia de {date}', en: 'Verify the backup of {date}' },
  'backups.restore': { pt: 'Restaurar', en: 'Restore' },
  'backups.restore-of': { pt: 'Restaurar a cópia de {date}', en: 'Restore the backup of {date}' },
  'backups.download': { pt: 'Descarregar', en: 'Download' },
  'backups.download-of': { pt: 'Descarregar a cópia de {date}', en: 'Download the backup of {date}' },
  'backups.remove': { pt: 'Remover', en: 'Remove' },
  'backups.remove-of': { pt: 'Remover a cópia de {date}', en: 'Remove the backup of {date}' },
  'backups.remove-sure': {
    pt: 'A cópia é apagada e não volta. Remover?',
    en: 'The backup is deleted and does not come back. Remove it?',
  },
  'backups.verifying': {
    pt: 'A cópia está a ser lida por inteiro; a lista dirá como está.',
    en: 'The backup is being read whole; the list will tell how it is.',
  },
  'backups.removed': { pt: 'A cópia foi removida.', en: 'The backup was removed.' },
  'backups.phase.writing': { pt: 'A escrever: {events} eventos', en: 'Writing: {events} events' },
  'backups.phase.verifying': { pt: 'A conferir: {events} eventos', en: 'Verifying: {events} events' },
  'backups.phase.restoring': { pt: 'A restaurar: {events} eventos', en: 'Restoring: {events} events' },
  'backups.history': { pt: 'Restauros', en: 'Restores' },
  'backups.history.none': { pt: 'Nunca foi preciso restaurar.', en: 'Nothing was ever restored.' },
  'backups.restore.state.running': { pt: 'Em curso', en: 'Running' },
  'backups.restore.state.failed': { pt: 'Falhou; nada mudou', en: 'Failed; nothing changed' },
  'backups.restore.state.prepared': { pt: 'Pronta, à espera dos nós', en: 'Ready, waiting for the nodes' },
  'backups.restore.set': {
    pt: 'Pare os nós e inicie-os todos com:',
    en: 'Stop the nodes, and start them all with:',
  },
  'backups.restore.state.restored': { pt: 'Restaurada', en: 'Restored' },
  'backups.restore.up-to': { pt: 'Até à posição', en: 'Up to position' },
  'backups.replaced.remove': { pt: 'Apagar o que foi substituído', en: 'Delete what was replaced' },
  'backups.replaced.sure': {
    pt: 'O registo que estava antes do restauro é apagado e não volta. Apagar?',
    en: 'The log from before the restore is deleted and does not come back. Delete it?',
  },
  'backups.replaced.removed': { pt: 'Foi apagado.', en: 'It was deleted.' },
  'backups.restore.title': { pt: 'Restaurar uma cópia', en: 'Restore a backup' },
  'backups.restore.what': { pt: 'O que vai acontecer', en: 'What will happen' },
  'backups.restore.taken.beside': {
    pt: 'A cópia de {date} é aberta e conferida ao lado do registo actual, nos mesmos servidores.',
    en: 'The backup of {date} is opened and checked beside the present log, on the same servers.',
  },
  'backups.restore.taken.swap': {
    pt: 'A cópia de {date} é aberta e conferida ao lado do registo actual. Só se estiver inteira toma o lugar dele.',
    en: 'The backup of {date} is opened and checked beside the present log. Only if it is whole does it take its place.',
  },
  'backups.restore.kept.beside': {
    pt: 'O registo actual continua em uso. Quando a cópia estiver conferida, esta página diz com que definições os nós a passam a usar.',
    en: 'The present log stays in use. Once the backup is checked, this page says with which settings the nodes use it.',
  },
  'backups.restore.kept.swap': {
    pt: 'O que foi registado depois deixa de se ver. Fica guardado ao lado, até o apagar.',
    en: 'What was recorded since is no longer seen. It is kept aside until you delete it.',
  },
  'backups.restore.erased': {
    pt: {
      one: 'Quem foi apagado continua apagado: {count} pessoa.',
      other: 'Quem foi apagado continua apagado: {count} pessoas.',
    },
    en: {
      one: 'Whoever was erased stays erased: {count} person.',
      other: 'Whoever was erased stays erased: {count} people.',
    },
  },
  'backups.restore.pause.beside': {
    pt: 'O que for registado até lá não passa para a cópia: fica no registo actual.',
    en: 'What is recorded until then does not come along: it stays in the present log.',
  },
  'backups.restore.pause.swap': {
    pt: 'Durante uns segundos as páginas pedem para esperar; talvez tenha de entrar outra vez.',
    en: 'For a few seconds the pages ask to wait; you may have to sign in again.',
  },
  'backups.restore.until': { pt: 'Só até', en: 'Only up to' },
  'backups.restore.until-hint': {
    pt: 'Uma posição do registo, ou um momento como 2026-03-02T17:00',
    en: 'A position of the log, or a moment such as 2026-03-02T17:00',
  },
  'backups.restore.until-wrong': {
    pt: 'Escreva uma posição, ou um momento como 2026-03-02T17:00.',
    en: 'Write a position, or a moment such as 2026-03-02T17:00.',
  },
  'backups.restore.word': { pt: 'restaurar', en: 'restore' },
  'backups.restore.type': { pt: 'Escreva “{word}” para confirmar', en: 'Type “{word}” to confirm' },
  'backups.restore.wrong': { pt: 'Escreva “{word}”.', en: 'Type “{word}”.' },
  'backups.restore.begun.beside': {
    pt: 'O restauro começou. Quando estiver pronto, está aqui o que definir.',
    en: 'The restore has begun. Once it is ready, what to set is told here.',
  },
  'backups.restore.begun.swap': {
    pt: 'O restauro começou. O sistema muda para a cópia quando estiver conferida.',
    en: 'The restore has begun. The system changes to the backup once it is checked.',
  },

  'problem.backup-running': { pt: 'Já se está a fazer uma cópia.', en: 'A backup is being made already.' },
  'problem.unknown-backup': { pt: 'Esta cópia não existe.', en: 'There is no such backup.' },
  'problem.backup-needed': {
    pt: 'Outras cópias dependem desta: remova-as primeiro.',
    en: 'Other backups build on this one: remove those first.',
  },
  'problem.confirmation-needed': {
    pt: 'Um restauro tem de ser confirmado, com uma das palavras indicadas.',
    en: 'A restore must be confirmed, with one of the words given.',
  },
  'problem.restore-running': { pt: 'Já se está a restaurar uma cópia.', en: 'A backup is being restored already.' },
  'problem.interrupted': {
    pt: 'O processo acabou a meio; nada mudou.',
    en: 'The process came to an end in the midst of it; nothing changed.',
  },
  'problem.unknown-restore': { pt: 'Não há nada guardado desse restauro.', en: 'Nothing is kept of that restore.' },
  'problem.prefix-needed': {
    pt: 'Sem EVENT_STORE_PREFIX este KurrentDB não pode ter outro registo ao lado: restaure com “npx caminho restore” e EVENT_STORE_URL de um servidor vazio.',
    en: 'Without EVENT_STORE_PREFIX this KurrentDB cannot hold another log beside: restore by “npx caminho restore”, with the EVENT_STORE_URL of an empty server.',
  },
  'problem.wrong-key': {
    pt: 'Nenhuma palavra-passe nem chave à mão abre a cópia.',
    en: 'No passphrase or key at hand opens the backup.',
  },
  'problem.damaged-archive': {
    pt: 'A cópia está estragada: use outra.',
    en: 'The backup is damaged: use another one.',
  },
  'problem.foreign-archive': {
    pt: 'A cópia é de outra empresa ou de outro programa.',
    en: 'The backup is of another company or program.',
  },
  'problem.missing-archive': {
    pt: 'O ficheiro da cópia, ou o da completa de que depende, não está lá.',
    en: 'The file of the backup, or of the full one it builds on, is not there.',
  },
  'problem.target-not-empty': {
    pt: 'O registo de destino já tem eventos: peça o restauro outra vez.',
    en: 'The log to restore into holds events already: ask for the restore anew.',
  },
  'problem.other-master-key': {
    pt: 'A cópia foi feita com outra chave-mestra: ponha essa em MASTER_KEY.',
    en: 'The backup was made under another master key: set MASTER_KEY to that one.',
  },
  'problem.nothing-to-restore': {
    pt: 'A cópia não tem nada até esse momento.',
    en: 'The backup holds nothing up to that point.',
  },
})

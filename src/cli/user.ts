// Adds an account, for when nobody can come in any more, or for scripts.
import { z } from 'zod'
import { newPassword } from '../auth/passwords.ts'
import { addPerson, recordPasswordChange } from '../commands/people.ts'
import { role, roles } from '../domain/values.ts'
import { command, UsageError } from './command.ts'

const account = z.object({
  email: z.email('--email takes an e-mail address'),
  name: z.string({ error: '--name is needed' }).min(1, '--name is needed').max(200),
  role: role.or(z.never({ error: `--role is one of ${roles.join(', ')}` })),
})

export const userCommand = command({
  name: 'user create',
  summary: 'add an account',
  usage: 'user create --email ADDRESS --name NAME [--role ROLE] < password',
  help: `Adds an account with the role (${roles.join(', ')}; default employee).
The password is read from standard input, so that it is neither in the history nor in the process list:
  printf %s 'a long password' | npx caminho user create --email ana@loja.co.mz --name 'Ana'`,
  options: { email: { type: 'string' }, name: { type: 'string' }, role: { type: 'string', default: 'employee' } },
  parse(values) {
    const parsed = account.safeParse(values)
    if (!parsed.success) throw new UsageError(parsed.error.issues[0]?.message ?? 'not understood')
    return parsed.data
  },
  async run(system, input) {
    const typed = (await new Response(process.stdin as never).text()).replace(/\r?\n$/, '')
    const password = newPassword.safeParse(typed)
    if (!password.success) throw new UsageError('the password comes on standard input and has 10 to 200 characters')
    const context = system.self('command-line')
    const added = await addPerson(system, { ...input, phone: null, departments: [], locationId: null }, context)
    if (added.rejected) {
      console.error(added.code === 'name-taken' ? `${input.email} has an account already.` : `Refused: ${added.code}`)
      return 1
    }
    await system.passwords.set(added.value.id, password.data)
    await recordPasswordChange(system, { personId: added.value.id, by: 'administrator' }, context)
    console.log(`${input.email} can sign in as ${input.role}.`)
    return 0
  },
})

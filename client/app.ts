// What every page's script does; each concern is a module of its own.
import './preferences.ts'
import './connection.ts'
import './toasts.ts'
import './dialogs.ts'
import './palette.ts'
import './forms.ts'
import './rows.ts'
import './drafts.ts'

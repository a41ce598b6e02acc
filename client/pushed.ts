// What is pushed to this page; nothing on a page without a frame, where nobody has signed in.
import { sharedConnection } from './push/shared.ts'

const { reader, position } = document.documentElement.dataset

export const pushed =
  reader && position && document.getElementById('connection') ? sharedConnection(reader, position) : undefined

// Amounts and quantities as people type them: read in the same way by the server and by the till in the browser.
export { fieldAmount, parseAmount } from '../client/amount.ts'

// A double of KurrentDB in a process of its own: tells its connection string on standard output, and ends when its standard input does.
import { startKurrentDouble } from './server.ts'

const double = await startKurrentDouble()
console.log(double.url)
process.stdin.resume().on('end', () => process.exit())

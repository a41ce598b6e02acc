// What the subscribers ask of a log; pino's loggers answer it.
export interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

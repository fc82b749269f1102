/** An export's files, in a zip or a folder, by their names without the folder. */
export interface RosterFiles {
  /** `users.csv` */
  readonly names: readonly string[]
  /** How long a file is, in bytes. */
  sizeOf(name: string): number
  /** A file from its beginning; one at a time. */
  open(name: string): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

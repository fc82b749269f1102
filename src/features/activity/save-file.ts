/** How long a browser may take to begin saving. */
const FORGET_AFTER_MS = 60_000

/** Hands a file to the browser to keep where downloads are kept. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), FORGET_AFTER_MS)
}

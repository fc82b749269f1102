/**
 * Makes text comparable the way a Dane types in a hurry: case and accents do not matter, `aa` finds `å`,
 * `o` and `oe` find `ø`, `ae` finds `æ`.
 */
export function fold(text: string): string {
  return (
    text
      .toLowerCase()
      // First, as an accent may stand on one of the letters below.
      .normalize('NFD')
      .replace(/\p{Mark}/gu, '')
      .replaceAll('æ', 'ae')
      .replaceAll('ø', 'o')
      .replaceAll('ð', 'd')
      .replaceAll('đ', 'd')
      .replaceAll('ł', 'l')
      .replaceAll('ß', 'ss')
      .replace(/a{2,}/g, 'a')
      .replace(/oe+/g, 'o')
  )
}

import { vi } from 'vitest'

/** What the page has said on the console, which is a mistake unless a test expects it. */
let said: string[] = []

export function listenForComplaints() {
  said = []
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      const text = words.map(String).join(' ')
      if (!isAboutJsdom(text)) said.push(`${level}: ${text}`)
    })
  }
}

/** jsdom has not heard of the element `search`. */
const isAboutJsdom = (words: string) => /^The tag <%s> is unrecognized in this browser.* search$/.test(words)

export const complaints = (): readonly string[] => said

/** Takes away the complaints that the test has brought about, and tells how many they were. */
export function expectedComplaints(pattern: RegExp): number {
  const before = said.length
  said = said.filter((words) => !pattern.test(words))
  return before - said.length
}

import { lazyPage } from './lazy-page'

const download = () => import('./help/HelpApp')

/** Answers and guides, with texts and styles of their own, which nobody downloads before asking for help. */
export const HelpPages = lazyPage(6, async () => {
  const { HelpApp, helpTexts } = await download()
  return [HelpApp, helpTexts]
})

/** "Hjælp en elev" for user administrators, within their school. */
export const GuidePages = lazyPage(6, async () => {
  const { GuideApp, helpTexts } = await download()
  return [GuideApp, helpTexts]
})

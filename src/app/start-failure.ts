import { keptLanguage, loadTexts } from '../i18n/language'

/** Says that the app's code did not come, in the kept language where its texts did; nothing of the app is here to do it. */
export async function showStartFailure(root: HTMLElement): Promise<void> {
  const language = keptLanguage()
  const texts = await loadTexts(language).catch(() => null)
  const { startFailedTitle, startFailedText, reload, documentTitle } = (texts ?? (await loadTexts('da')))
    .common
  document.documentElement.lang = texts ? language : 'da'
  document.title = documentTitle.replace('{{page}}', startFailedTitle)

  const main = document.createElement('main')
  main.className = 'frame-main'
  const heading = document.createElement('h1')
  heading.textContent = startFailedTitle
  const text = document.createElement('p')
  text.textContent = startFailedText
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button-primary'
  button.textContent = reload
  button.addEventListener('click', () => location.reload())
  main.append(heading, text, button)
  root.replaceChildren(main)
}

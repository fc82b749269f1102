import { createRoot } from 'react-dom/client'
import type { School } from '../school'
import { Panel } from './Panel'
import css from './picker.css?inline'

/** The demo school's controls, for the dev server only: apart from the app's tree, and from its styles. */
export function showPicker(school: School): void {
  const host = document.createElement('div')
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  shadow.adoptedStyleSheets = [sheet]

  // Working here is not working in the app, which would keep the session alive.
  for (const event of ['pointerdown', 'keydown']) {
    host.addEventListener(event, (heard) => heard.stopPropagation())
  }
  document.body.append(host)
  createRoot(shadow).render(<Panel school={school} />)
}

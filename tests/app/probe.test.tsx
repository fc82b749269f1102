import { test } from 'vitest'
import { CLASS_2A, renderApp } from './render-app'
import { rowNames } from './verbs'
test('probe', async () => {
  for (let i = 0; i < 5; i++) {
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    process.stdout.write(rowNames().length + '\n')
    document.body.innerHTML = ''
  }
})

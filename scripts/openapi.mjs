// npm run openapi: writes down what the API says of itself.
import { writeFileSync } from 'node:fs'
import { prepare, runScript } from './prepare.mjs'

runScript(async () => {
  await prepare()
  const { runnerImport } = await import('vite')
  /** @type {{ module: typeof import('../mocks/school') }} */
  const { module } = await runnerImport('./mocks/school.ts', { configFile: false, logLevel: 'warn' })
  const answer = await module.openSchool().fetch(new Request('http://localhost/api/openapi.json'))
  writeFileSync('server/openapi.json', `${JSON.stringify(await answer.json(), null, 2)}\n`)
  console.log('Written to server/openapi.json')
})

import { expect, test } from 'vitest'
import { demoSchools } from '../../mocks/people'
import { createMemoryStore, noSchool } from '../../server/store/memory'
import { rosterContract } from './roster-contract'
import { MORNING, schoolUnderTest } from './school-under-test'
import { storeContract } from './store-contract'

storeContract('the memory store', async (school) => createMemoryStore(school))
rosterContract('the memory store', async (data) => {
  const { snapshot, ...store } = createMemoryStore({ ...noSchool, ...data })
  return { ...store, snapshot: async () => snapshot() }
})

test('the memory store written down and opened again is the same', async () => {
  const school = schoolUnderTest()
  const lone = await school.signIn('lone4821')
  const body = { pupilIds: [school.id('asta2011'), school.id('emil2015')] }
  for (const path of ['password-resets', 'step-ups', 'username-reveals']) {
    await school.call(`POST /api/pupils/${path}`, { as: lone, body })
  }
  const written = school.snapshot()
  const opened = createMemoryStore(structuredClone(written))
  expect(opened.snapshot()).toEqual(written)
  expect(createMemoryStore(JSON.parse(JSON.stringify(written))).snapshot()).toEqual(written)
})

test('a snapshot is of its moment: what happens later does not change it', async () => {
  const store = createMemoryStore(demoSchools(MORNING))
  const before = store.snapshot()
  const copy = structuredClone(before)
  await store.transaction((unit) => unit.addToBucket('one', 1, MORNING))
  await store.transaction(async (unit) => {
    for (const pupil of before.pupils) await unit.savePupil({ ...pupil, active: false })
  })
  expect(before).toEqual(copy)
})

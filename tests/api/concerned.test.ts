import { expect, test } from 'vitest'
import { demoSchools } from '../../mocks/people'
import type { BusEvent } from '../../server/events/bus'
import { concernedBy } from '../../server/events/concerned'
import { createMemoryStore } from '../../server/store/memory'
import { MORNING } from './school-under-test'

const data = demoSchools(MORNING)
const idOf = (username: string) => data.pupils.find((pupil) => pupil.username === username)?.id ?? ''
const event = (...usernames: string[]): BusEvent => ({
  id: 1,
  what: 'pupils',
  pupilIds: usernames.map(idOf),
})

function askings() {
  const store = createMemoryStore(data)
  let units = 0
  const concerned = concernedBy({
    read: (work) => {
      units += 1
      return store.read(work)
    },
  })
  return { concerned, units: () => units }
}

test('an event concerns the teachers of its pupils, and who administers their schools', async () => {
  const { concerned } = askings()
  const { teacherIds, institutionIds } = await concerned(event('asta2011'))
  expect([...teacherIds].toSorted()).toEqual(['s-lone', 's-mads'])
  expect([...institutionIds]).toEqual(['birkeskolen'])
})

test('an event of nobody concerns nobody', async () => {
  const { teacherIds, institutionIds } = await askings().concerned(event())
  expect([teacherIds.size, institutionIds.size]).toEqual([0, 0])
})

test('a store that could not answer is asked again', async () => {
  const store = createMemoryStore(data)
  let isGone = true
  const concerned = concernedBy({
    read: (work) => (isGone ? Promise.reject(new Error('gone')) : store.read(work)),
  })
  const ofAsta = event('asta2011')
  await expect(concerned(ofAsta)).rejects.toThrow('gone')
  isGone = false
  expect((await concerned(ofAsta)).teacherIds.size).toBe(2)
})

test('the store is asked once for each event, however many listen', async () => {
  const { concerned, units } = askings()
  const [first, second] = [event('asta2011'), event('asta2011')]
  await Promise.all([concerned(first), concerned(first), concerned(first)])
  expect(units()).toBe(1)
  await concerned(second)
  expect(units()).toBe(2)
})

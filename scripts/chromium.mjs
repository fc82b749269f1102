// Finds the Chromium that the browser tests and the bench run in; fetches one where there is none.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run, Stop } from './prepare.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const isRoot = process.getuid?.() === 0

/** @returns {Promise<string | undefined>} the path of a Chromium that is already here */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) throw new Stop(`CHROMIUM_PATH names ${named}, and there is no such file.`)
  return [named, ...usualPlaces(), await playwrightsOwn()].find((file) => file && existsSync(file))
}

/** @returns {Promise<string>} the path of a Chromium, installed now if need be */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) return found

  console.log('No Chromium found; asking Playwright for one …')
  await run('npx', ['playwright', 'install', 'chromium'])
  const downloaded = await playwrightsOwn()
  if (downloaded) return downloaded

  if (isRoot && isDebian()) {
    console.log("Installing Debian's chromium …")
    const quietly = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['-qq', 'update'], quietly)
    await run('apt-get', ['-qq', 'install', '-y', 'chromium'], quietly)
    const installed = await findChromium()
    if (installed) return installed
  }

  throw new Stop(
    'The browser tests need Chromium, and none was found or could be installed.\n' +
      'Install Chromium or Chrome, or set CHROMIUM_PATH to the program if it is in an unusual place.',
  )
}

/** @param {string | undefined} executablePath */
export function launchOptions(executablePath) {
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      // Chromium refuses to sandbox itself as root.
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      // Nothing here needs the internet: without these, Chromium calls home at each start.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  }
}

function usualPlaces() {
  const {
    PATH = '',
    LOCALAPPDATA = '',
    PROGRAMFILES = '',
    'PROGRAMFILES(X86)': PROGRAMFILES_X86 = '',
  } = process.env
  if (process.platform === 'win32') {
    return [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA]
      .filter(Boolean)
      .flatMap((folder) =>
        ['Google/Chrome', 'Chromium'].map((name) => path.join(folder, name, 'Application/chrome.exe')),
      )
  }
  const folders = [...PATH.split(path.delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
  const programs = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)))
  if (process.platform !== 'darwin') return programs
  const apps = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  return [...programs, ...apps]
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  const file = chromium.executablePath()
  return existsSync(file) ? file : undefined
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

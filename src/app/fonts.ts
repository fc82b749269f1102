import regular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url'
import semibold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url'

/**
 * Asks for the fonts once the code is here, and before anything is drawn in them. Named in the page itself they would
 * take the line from the code: measured, the class page then came a third later. Until they come a fallback of the same
 * measures stands in.
 */
export function preloadFonts(): void {
  for (const href of [regular, semibold]) {
    const link = document.createElement('link')
    Object.assign(link, { rel: 'preload', as: 'font', type: 'font/woff2', crossOrigin: '', href })
    document.head.append(link)
  }
}

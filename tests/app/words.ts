/** The fixed labels, and the texts of the locale files as the page itself holds them. */
export { default as da } from '../../src/i18n/da'
export { default as en } from '../../src/i18n/en'
export { fill, labels } from '../labels'

// The icons: plain strokes on a 24-unit grid, always beside a word or named by their button, so hidden from screen readers.
import { type Html, html, raw } from '../html.ts'

const shapes = {
  today: '<path d="M4 20V10M10 20V4M16 20v-7M22 20H2"/>',
  till: '<path d="M4 11h16v9H4zM7 11V4h7v7M17 7h3M8 15h.01M12 15h.01M16 15h.01"/>',
  sales: '<path d="M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6"/>',
  cash: '<path d="M2 7h20v10H2z"/><circle cx="12" cy="12" r="2.5"/><path d="M6 12h.01M18 12h.01"/>',
  products: '<path d="M3 12V4h8l10 10-8 8z"/><circle cx="7.5" cy="8.5" r="1"/>',
  stock: '<path d="M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9"/>',
  orders: '<path d="M3 6h11v11H3zM14 10h4l3 3v4h-7"/><circle cx="7" cy="18" r="2"/><circle cx="17.5" cy="18" r="2"/>',
  suppliers: '<path d="M3 21V9l6 4V9l6 4V4h6v17zM8 17h.01M12 17h.01M16 17h.01"/>',
  customers: '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4 4-6 8-6s8 2 8 6"/>',
  reports: '<path d="M4 4v16h16M7 15l4-5 4 3 5-7"/>',
  tasks: '<path d="M4 6l2 2 3-4M4 17l2 2 3-4M13 6h8M13 17h8"/>',
  people:
    '<circle cx="9" cy="8" r="3.5"/><path d="M2 20c0-3.5 3.5-5.5 7-5.5s7 2 7 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 15c2.5.7 4 2.5 4 5"/>',
  settings: '<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.5"/><circle cx="8" cy="17" r="2.5"/>',
  mail: '<path d="M3 6h18v13H3zM3 7l9 7 9-7"/>',
  system: '<path d="M2 12h4l3-8 5 16 3-8h5"/>',
  audit:
    '<circle cx="6" cy="5" r="2"/><circle cx="6" cy="19" r="2"/><path d="M6 7v10M11 5h9M11 12h6M11 19h9"/><circle cx="6" cy="12" r="2"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l5 5"/>',
  bell: '<path d="M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4"/>',
  location: '<path d="M12 21c5-6 7-8.5 7-12a7 7 0 0 0-14 0c0 3.5 2 6 7 12z"/><circle cx="12" cy="9" r="2.5"/>',
  more: '<path d="M4 6h16M4 12h16M4 18h16"/>',
  close: '<path d="M5 5l14 14M19 5L5 19"/>',
  plus: '<path d="M12 4v16M4 12h16"/>',
  minus: '<path d="M4 12h16"/>',
  check: '<path d="M4 12.5l5 5L20 6.5"/>',
  left: '<path d="M15 5l-7 7 7 7"/>',
  right: '<path d="M9 5l7 7-7 7"/>',
  up: '<path d="M12 20V4M5 11l7-7 7 7"/>',
  down: '<path d="M12 4v16M5 13l7 7 7-7"/>',
  sort: '<path d="M8 9l4-5 4 5M8 15l4 5 4-5"/>',
  download: '<path d="M12 3v12M6 10l6 6 6-6M4 21h16"/>',
  upload: '<path d="M12 16V4M6 9l6-6 6 6M4 21h16"/>',
  print: '<path d="M7 8V3h10v5M5 17H3V8h18v9h-2M7 14h10v7H7z"/>',
  edit: '<path d="M4 20l1-5L16 4l4 4L9 19z"/>',
  trash: '<path d="M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15"/>',
  undo: '<path d="M8 5L3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3"/>',
  barcode: '<path d="M3 5v14M7 5v14M10 5v14M14 5v14M16 5v14M21 5v14"/>',
  card: '<path d="M2 5h20v14H2zM2 10h20M6 15h4"/>',
  phone: '<path d="M7 2h10v20H7zM11 18h2"/>',
  account: '<path d="M5 3h14v18H5zM9 8h6M9 12h6M9 16h3"/>',
  camera: '<path d="M3 7h4l2-3h6l2 3h4v13H3z"/><circle cx="12" cy="13" r="4"/>',
  user: '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4 4-6 8-6s8 2 8 6"/>',
  logout: '<path d="M10 4H4v16h6M9 12h12M16 7l5 5-5 5"/>',
} as const

export type IconName = keyof typeof shapes

/** One icon, as large as the text beside it. */
export const icon = (name: IconName): Html =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${raw(shapes[name])}</svg>`

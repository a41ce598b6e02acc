// Theme and language: kept in cookies, so that the server draws the next page with them from the first byte.

const remember = (name: string, value: string): void => {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}

const showTheme = (theme: string): void => {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  const meta = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')
  if (meta) meta.content = theme === 'system' ? 'light dark' : theme
  for (const button of document.querySelectorAll<HTMLElement>('[data-set-theme]'))
    button.setAttribute('aria-pressed', String(button.dataset.setTheme === theme))
}

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return
  const button = target.closest<HTMLElement>('[data-set-theme], [data-set-language]')
  const { setTheme, setLanguage } = button?.dataset ?? {}
  if (setTheme) {
    remember('theme', setTheme)
    showTheme(setTheme)
  }
  if (setLanguage && setLanguage !== document.documentElement.lang) {
    remember('locale', setLanguage)
    location.reload()
  }
})

// Pages that are meant for paper: a button that prints, and printing at once when the address says so.

document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-print]')) print()
})

if (new URLSearchParams(location.search).get('print') === 'true') document.fonts.ready.then(() => print())

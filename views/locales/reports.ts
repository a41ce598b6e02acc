// Reports with charts, CSV and PDF.
import { messages } from './message.ts'

export const reports = messages({
  'reports.title': { pt: 'Relatórios', en: 'Reports' },
  'reports.period': { pt: 'Período', en: 'Period' },
  'reports.period.today': { pt: 'Hoje', en: 'Today' },
  'reports.period.week': { pt: 'Esta semana', en: 'This week' },
  'reports.period.month': { pt: 'Este mês', en: 'This month' },
  'reports.period.last-month': { pt: 'Mês passado', en: 'Last month' },
  'reports.period.custom': { pt: 'Outras datas', en: 'Other dates' },
  'reports.sales-by-day': { pt: 'Vendas por dia', en: 'Sales by day' },
  'reports.sales-by-hour': { pt: 'Vendas por hora', en: 'Sales by hour' },
  'reports.sales-by-product': { pt: 'Vendas por produto', en: 'Sales by product' },
  'reports.sales-by-category': { pt: 'Vendas por categoria', en: 'Sales by category' },
  'reports.sales-by-person': { pt: 'Vendas por pessoa', en: 'Sales by person' },
  'reports.sales-by-location': { pt: 'Vendas por local', en: 'Sales by location' },
  'reports.margins': { pt: 'Margens', en: 'Margins' },
  'reports.stock-value': { pt: 'Valor do stock', en: 'Stock value' },
  'reports.low-stock': { pt: 'Stock baixo', en: 'Low stock' },
  'reports.tax': { pt: 'Resumo do IVA', en: 'VAT summary' },
  'reports.tax-base': { pt: 'Base', en: 'Base' },
  'reports.tax-amount': { pt: 'IVA', en: 'VAT' },
  'reports.hour': { pt: 'Hora', en: 'Hour' },
  'reports.day': { pt: 'Dia', en: 'Day' },
  'reports.sales': { pt: 'Vendas', en: 'Sales' },
  'reports.nothing': { pt: 'Nada neste período', en: 'Nothing in this period' },
  'reports.nothing-hint': { pt: 'Escolha outras datas ou outro local.', en: 'Choose other dates or another location.' },
})

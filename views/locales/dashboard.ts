// How is today, in one look.
import { messages } from './message.ts'

export const dashboard = messages({
  'dashboard.title': { pt: 'Hoje', en: 'Today' },
  'dashboard.sales-today': { pt: 'Vendas de hoje', en: 'Sales today' },
  'dashboard.sales-count': {
    pt: { one: '{count} venda', other: '{count} vendas' },
    en: { one: '{count} sale', other: '{count} sales' },
  },
  'dashboard.margin': { pt: 'Margem', en: 'Margin' },
  'dashboard.average-sale': { pt: 'Venda média', en: 'Average sale' },
  'dashboard.by-hour': { pt: 'Vendas por hora', en: 'Sales by hour' },
  'dashboard.trend': { pt: 'Últimos 30 dias', en: 'Last 30 days' },
  'dashboard.low-stock': { pt: 'Stock baixo', en: 'Low stock' },
  'dashboard.low-stock-none': { pt: 'Nenhum produto abaixo do mínimo.', en: 'No product below its minimum.' },
  'dashboard.latest-sales': { pt: 'Últimas vendas', en: 'Latest sales' },
  'dashboard.latest-sales-none': { pt: 'Ainda não há vendas hoje.', en: 'No sales yet today.' },
  'dashboard.tasks': { pt: 'Tarefas por fazer', en: 'Open tasks' },
  'dashboard.tasks-none': { pt: 'Nada à sua espera.', en: 'Nothing is waiting for you.' },
  'dashboard.new-sale': { pt: 'Nova venda', en: 'New sale' },
})

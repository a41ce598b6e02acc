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
  'dashboard.week-ago': { pt: 'há uma semana {value}', en: 'a week ago {value}' },
  'dashboard.average-sale': { pt: 'Venda média', en: 'Average sale' },
  'dashboard.by-hour': { pt: 'Vendas por hora', en: 'Sales by hour' },
  'dashboard.trend': { pt: 'Últimos 30 dias', en: 'Last 30 days' },
  'dashboard.low-stock': { pt: 'Stock baixo', en: 'Low stock' },
  'dashboard.low-stock-none': { pt: 'Nenhum produto abaixo do mínimo.', en: 'No product below its minimum.' },
  'dashboard.latest-sales': { pt: 'Últimas vendas', en: 'Latest sales' },
  'dashboard.latest-sales-none': { pt: 'Ainda não há vendas hoje.', en: 'No sales yet today.' },
  'dashboard.tasks': { pt: 'Tarefas por fazer', en: 'Open tasks' },
  'dashboard.tasks-none': { pt: 'Nada à sua espera.', en: 'Nothing is waiting for you.' },
  'dashboard.locations': { pt: 'Locais', en: 'Locations' },
  'dashboard.all-locations': { pt: 'Todos os locais', en: 'All locations' },
  'dashboard.today': { pt: 'Hoje', en: 'Today' },
  'dashboard.a-week-ago': { pt: 'Há uma semana', en: 'A week ago' },
  'dashboard.hour': { pt: 'Hora', en: 'Hour' },
  'dashboard.day': { pt: 'Dia', en: 'Day' },
  'dashboard.against-last-week': {
    pt: '{change} do que há uma semana, até esta hora',
    en: '{change} against a week ago, up to this hour',
  },
  'dashboard.nothing-to-compare': { pt: 'Nada vendido há uma semana', en: 'Nothing was sold a week ago' },
  'dashboard.low-stock-note': { pt: 'no mínimo ou abaixo', en: 'at the minimum or below' },
  'dashboard.low-stock-count': {
    pt: { one: 'Ver {count}', other: 'Ver todos os {count}' },
    en: { one: 'See {count}', other: 'See all {count}' },
  },
  'dashboard.overdue': { pt: 'Em atraso', en: 'Overdue' },
  'dashboard.new-sale': { pt: 'Nova venda', en: 'New sale' },
})

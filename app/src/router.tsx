// The pages and their addresses. What follows the # never reaches a server, so any file server will do.
import { isAddress, type Address } from '@solana/kit';
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
} from '@tanstack/react-router';
import { Layout } from './components/layout';
import { Empty } from './components/ui';
import { Overview } from './pages/overview';

const root = createRootRoute({ component: Layout, notFoundComponent: () => <Empty title="There is no such page" /> });

const overview = createRoute({ getParentRoute: () => root, path: '/', component: Overview });

const pool = createRoute({
  getParentRoute: () => root,
  path: 'pool/$pool',
  params: {
    parse: ({ pool: text }): { pool: Address } => {
      if (!isAddress(text)) throw notFound();
      return { pool: text };
    },
  },
  component: lazyRouteComponent(() => import('./pages/frame'), 'PoolFrame'),
});

const about = createRoute({
  getParentRoute: () => pool,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/pool'), 'PoolPage'),
});
const liquidity = createRoute({
  getParentRoute: () => pool,
  path: 'provide',
  component: lazyRouteComponent(() => import('./pages/liquidity'), 'LiquidityPage'),
});
const cover = createRoute({
  getParentRoute: () => pool,
  path: 'cover',
  component: lazyRouteComponent(() => import('./pages/cover'), 'CoverPage'),
});
const claims = createRoute({
  getParentRoute: () => pool,
  path: 'claims',
  component: lazyRouteComponent(() => import('./pages/claims'), 'ClaimsPage'),
});
const votes = createRoute({
  getParentRoute: () => pool,
  path: 'votes',
  component: lazyRouteComponent(() => import('./pages/votes'), 'VotesPage'),
});

const glossary = createRoute({
  getParentRoute: () => root,
  path: 'glossary',
  component: lazyRouteComponent(() => import('./pages/glossary'), 'GlossaryPage'),
});
const word = createRoute({
  getParentRoute: () => root,
  path: 'glossary/$word',
  component: lazyRouteComponent(() => import('./pages/glossary'), 'GlossaryPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, glossary, word, pool.addChildren([about, liquidity, cover, claims, votes])]),
  history: createHashHistory(),
  scrollRestoration: true,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

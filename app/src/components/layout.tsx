// The frame of every page: header, network, gate.
import { errorWords } from '@breakwater/client';
import { Link, Outlet } from '@tanstack/react-router';
import clsx from 'clsx';
import { Moon, Sun } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { registerBurner } from '../lib/burner';
import { ClusterProvider, useChain, useCluster, useIdentify } from '../lib/connection';
import { useClock } from '../lib/queries';
import { currentTheme, toggleTheme } from '../lib/theme';
import { TransactProvider } from '../lib/transact';
import { WalletProvider } from '../lib/wallet';
import { Playground } from './playground';
import { Settings } from './settings';
import { Button, Empty, Notice, Skeleton } from './ui';
import { WalletMenu } from './wallet-menu';

export function Layout() {
  const cluster = useIdentify();
  const clock = useClock();
  const { endpoint } = useChain();
  if (cluster.data?.deployed && clock.data !== undefined) {
    return (
      <ClusterProvider cluster={cluster.data}>
        <WalletProvider>
          <TransactProvider>
            <Burner />
            <Frame
              network={cluster.data.name}
              wallet={<WalletMenu />}
              footer={cluster.data.playground && <Playground />}
            >
              <Outlet />
            </Frame>
          </TransactProvider>
        </WalletProvider>
      </ClusterProvider>
    );
  }
  return (
    <Frame network={cluster.data?.name ?? 'none'}>
      {cluster.error ? (
        <Notice tone="bad">
          <p className="font-medium">No network at {endpoint.rpc}</p>
          <p className="mt-1">{errorWords(cluster.error)}</p>
          <p className="mt-1">Start the local network with “breakwater localnet”, or choose another network above.</p>
          <Button small className="mt-3" busy={cluster.isFetching} onClick={() => void cluster.refetch()}>
            Try again
          </Button>
        </Notice>
      ) : cluster.data?.deployed === false ? (
        <Empty title="Breakwater is not on this network">
          The program is not deployed at {endpoint.rpc}. Choose another network above.
        </Empty>
      ) : (
        <Skeleton rows={6} />
      )}
    </Frame>
  );
}

function Burner() {
  const { name } = useCluster();
  useEffect(() => {
    if (name === 'local') void registerBurner();
  }, [name]);
  return null;
}

function Frame({
  network,
  wallet,
  footer,
  children,
}: {
  network: string;
  wallet?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}) {
  const [settings, setSettings] = useState(false);
  const [theme, setTheme] = useState(currentTheme);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}
        className="sr-only focus:not-sr-only focus:p-3"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 z-10 border-b border-line bg-canvas/90 backdrop-blur">
        <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-2 gap-y-2 px-4 py-3 sm:gap-x-4 sm:px-6">
          <Link to="/" className="flex items-center gap-2.5 font-semibold tracking-tight sm:text-lg">
            <img src="./icon.svg" alt="" className="size-7" />
            Breakwater
          </Link>
          <div className="ml-auto flex items-center gap-1.5 sm:gap-2">
            <Button small onClick={() => setSettings(true)} aria-haspopup="dialog" aria-label={`Network: ${network}`}>
              <span
                className={clsx(
                  'size-2 rounded-full',
                  network === 'none' ? 'bg-bad' : network === 'mainnet' ? 'bg-good' : 'bg-third',
                )}
                aria-hidden
              />
              <span className="hidden capitalize sm:inline">{network === 'none' ? 'Network' : network}</span>
            </Button>
            <Button
              small
              look="quiet"
              aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
              onClick={() => setTheme(toggleTheme())}
            >
              {theme === 'dark' ? <Sun className="size-4" aria-hidden /> : <Moon className="size-4" aria-hidden />}
            </Button>
            {wallet}
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 py-6 outline-none sm:px-6 sm:py-8">
        {children}
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center justify-between gap-3 px-4 py-4 text-xs text-muted sm:px-6">
          <p>
            Not audited. What you see is read from the chain; every transaction is tried out before you sign it.{' '}
            <Link to="/glossary" className="underline underline-offset-2 hover:text-ink">
              Glossary
            </Link>
          </p>
          {footer}
        </div>
      </footer>
      {settings && <Settings onClose={() => setSettings(false)} />}
    </div>
  );
}

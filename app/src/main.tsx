import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ToastProvider } from './components/toasts';
import { applyTheme } from './lib/theme';
import { router } from './router';
import './styles.css';

applyTheme();

const client = new QueryClient({
  defaultOptions: {
    // Amounts are bigints, which have no JSON; keys are strings and numbers.
    queries: { retry: 1, staleTime: 2_000, refetchOnWindowFocus: true, structuralSharing: false },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </QueryClientProvider>
  </StrictMode>,
);

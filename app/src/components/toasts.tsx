// Short messages that stay until they are read or dismissed.
import { CircleCheck, CircleX, X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';

export type Message = {
  readonly good: boolean;
  readonly title: string;
  readonly text?: string;
  readonly link?: string;
};
type Shown = Message & { readonly id: number };

const ToastContext = createContext<(message: Message) => void>(() => undefined);

export const useToast = () => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const push = useCallback(
    (message: Message) => setShown((all) => [...all, { ...message, id: Date.now() + Math.random() }]),
    [],
  );
  const drop = (id: number) => setShown((all) => all.filter((message) => message.id !== id));
  const value = useMemo(() => push, [push]);
  return (
    <ToastContext.Provider value={value}>
      <Toast.Provider swipeDirection="right" duration={9_000} label="Message">
        {children}
        {shown.map(({ id, good, title, text, link }) => (
          <Toast.Root
            key={id}
            onOpenChange={(open) => !open && drop(id)}
            type={good ? 'background' : 'foreground'}
            className="flex gap-3 rounded-xl border border-line bg-surface p-4 shadow-lg"
          >
            {good ? (
              <CircleCheck className="size-5 shrink-0 text-good" aria-hidden />
            ) : (
              <CircleX className="size-5 shrink-0 text-bad" aria-hidden />
            )}
            <div className="min-w-0 flex-1 text-sm">
              <Toast.Title className="font-semibold">{title}</Toast.Title>
              {text && <Toast.Description className="mt-0.5 break-words text-muted">{text}</Toast.Description>}
              {link && (
                <a
                  href={link}
                  target="_blank"
                  rel="noreferrer"
                  className="mt-1 inline-block font-medium text-accent underline"
                >
                  See the transaction
                </a>
              )}
            </div>
            <Toast.Close aria-label="Dismiss" className="self-start rounded p-1 text-muted hover:bg-raised">
              <X className="size-4" aria-hidden />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-0 bottom-0 z-50 flex w-full max-w-sm flex-col gap-2 p-4 outline-none" />
      </Toast.Provider>
    </ToastContext.Provider>
  );
}

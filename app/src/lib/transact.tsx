// Every transaction takes this way: tried out, shown in words, signed, sent, confirmed or explained.
import { errorWords, lookFor, send, simulate, TransactionFailure, type Simulation } from '@breakwater/client';
import type { Instruction, Signature, TransactionSigner } from '@solana/kit';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { Modal } from '../components/modal';
import { useToast } from '../components/toasts';
import { Button, Notice, Skeleton } from '../components/ui';
import { useChain, useExplorer } from './connection';
import { eventWords, type Units } from './event-words';
import { useSigner } from './wallet';

export type TransactionRequest = {
  /** What is done: `Deposit`. */
  readonly title: string;
  readonly units: Units;
  readonly build: (signer: TransactionSigner) => readonly Instruction[] | Promise<readonly Instruction[]>;
  /** What to know before signing. */
  readonly notes?: readonly string[];
  readonly onDone?: () => void;
};

type Stage =
  | { readonly name: 'trying' }
  | { readonly name: 'refused'; readonly words: string; readonly logs: readonly string[] }
  | {
      readonly name: 'ready' | 'signing';
      readonly simulation: Simulation;
      readonly instructions: readonly Instruction[];
      readonly problem?: string;
    }
  | { readonly name: 'sending'; readonly signature: Signature };

const TransactContext = createContext<(request: TransactionRequest) => void>(() => undefined);

/** Asks for a transaction. */
export const useTransact = () => useContext(TransactContext);

export function TransactProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<TransactionRequest>();
  const signer = useSigner();
  useResumed();
  return (
    <TransactContext.Provider value={setRequest}>
      {children}
      {request && signer && (
        <Flow
          key={`${request.title}/${signer.address}`}
          request={request}
          signer={signer}
          close={() => setRequest(undefined)}
        />
      )}
    </TransactContext.Provider>
  );
}

function Flow({
  request,
  signer,
  close,
}: {
  request: TransactionRequest;
  signer: TransactionSigner;
  close: () => void;
}) {
  const chain = useChain();
  const client = useQueryClient();
  const toast = useToast();
  const explorer = useExplorer();
  const follow = useFollow();
  const [stage, setStage] = useState<Stage>({ name: 'trying' });
  const latest = useRef(request);

  const attempt = useCallback(async () => {
    try {
      const instructions = await latest.current.build(signer);
      const simulation = await simulate(chain.rpc, signer.address, instructions);
      const { failure, logs } = simulation;
      setStage(failure ? { name: 'refused', words: failure.words, logs } : { name: 'ready', simulation, instructions });
    } catch (error) {
      setStage({ name: 'refused', words: errorWords(error), logs: [] });
    }
  }, [chain, signer]);

  useEffect(() => void attempt(), [attempt]);

  const retry = () => {
    setStage({ name: 'trying' });
    void attempt();
  };

  const sign = async (simulation: Simulation, instructions: readonly Instruction[]) => {
    setStage({ name: 'signing', simulation, instructions });
    let signature: Signature | undefined;
    const onSigned = (signed: Signature) => {
      signature = signed;
      remember({ signature: signed, title: request.title });
      setStage({ name: 'sending', signature: signed });
    };
    try {
      await send(chain, signer, instructions, { simulation, onSigned });
      toast({ good: true, title: `${request.title}: done`, link: explorer('tx', signature!) });
      request.onDone?.();
      close();
    } catch (error) {
      if (signature === undefined) {
        const problem = `The wallet did not sign: ${errorWords(error)}`;
        setStage({ name: 'ready', simulation, instructions, problem });
        return;
      }
      const link = explorer('tx', signature);
      if (!(error instanceof TransactionFailure)) {
        // The chain has not said no: anyone who tried again now might do it twice.
        toast({ good: false, title: `${request.title}: not confirmed yet`, text: 'This page keeps looking.', link });
        close();
        void follow({ signature, title: request.title });
        signature = undefined;
        return;
      }
      const { words } = error.failure;
      toast({ good: false, title: `${request.title} failed`, text: words, link });
      setStage({ name: 'refused', words, logs: error.logs });
    } finally {
      if (signature) forget(signature);
      await client.invalidateQueries();
    }
  };

  return (
    <Modal title={request.title} onClose={close}>
      <div className="space-y-4" aria-live="polite">
        {stage.name === 'trying' && (
          <>
            <p className="text-sm text-muted">Trying it out on the chain, without signing …</p>
            <Skeleton rows={2} />
          </>
        )}
        {stage.name === 'refused' && (
          <>
            <Notice tone="bad">{stage.words}.</Notice>
            {stage.logs.length > 0 && (
              <details className="text-xs text-muted">
                <summary>The program's log</summary>
                <pre className="mt-2 max-h-40 overflow-auto rounded-lg bg-raised p-3 whitespace-pre-wrap" tabIndex={0}>
                  {stage.logs.join('\n')}
                </pre>
              </details>
            )}
            <div className="flex justify-end gap-2">
              <Button onClick={close}>Close</Button>
              <Button look="primary" onClick={retry}>
                Try again
              </Button>
            </div>
          </>
        )}
        {(stage.name === 'ready' || stage.name === 'signing') && (
          <>
            <div>
              <p className="text-sm text-muted">Tried out on the chain. This transaction</p>
              <ul className="mt-2 space-y-1.5 text-sm font-medium">
                {stage.simulation.events.map((event, index) => (
                  <li key={index} className="rounded-lg bg-raised px-3.5 py-2.5">
                    {eventWords(event, request.units)}
                  </li>
                ))}
              </ul>
            </div>
            {request.notes?.map((note) => (
              <p key={note} className="text-sm text-muted">
                {note}
              </p>
            ))}
            {stage.problem && <Notice tone="bad">{stage.problem}</Notice>}
            <div className="flex items-center justify-between gap-2">
              <span className="text-xs text-muted">
                The network’s fee is below 0.00001 SOL; new accounts take rent, which comes back when they close.
              </span>
              <Button
                look="primary"
                busy={stage.name === 'signing'}
                onClick={() => void sign(stage.simulation, stage.instructions)}
              >
                {stage.name === 'signing' ? 'In the wallet' : 'Sign and send'}
              </Button>
            </div>
          </>
        )}
        {stage.name === 'sending' && (
          <p className="text-sm">
            Sent.{' '}
            <a
              className="text-accent underline"
              href={explorer('tx', stage.signature)}
              target="_blank"
              rel="noreferrer"
            >
              The transaction
            </a>{' '}
            waits to be confirmed …
          </p>
        )}
      </div>
    </Modal>
  );
}

// What was signed and not yet confirmed outlives a refresh.

type Pending = { readonly signature: Signature; readonly title: string };
const KEY = 'breakwater.pending';
/** For longer than the network takes a transaction. */
const PATIENCE = { looks: 40, pause: 3_000 };

function pending(): readonly Pending[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as readonly Pending[];
  } catch {
    return [];
  }
}

const store = (all: readonly Pending[]) => localStorage.setItem(KEY, JSON.stringify(all));
const remember = (one: Pending) => store([...pending(), one]);
const forget = (signature: Signature) => store(pending().filter((one) => one.signature !== signature));

/** Asks for a transaction until it is known what became of it, and says so. */
function useFollow(): (one: Pending) => Promise<void> {
  const { rpc } = useChain();
  const toast = useToast();
  const explorer = useExplorer();
  const client = useQueryClient();
  return useCallback(
    async ({ signature, title }) => {
      const link = explorer('tx', signature);
      const outcome = await lookFor(rpc, signature, PATIENCE);
      forget(signature);
      if (!outcome) {
        toast({
          good: false,
          title: `${title}: nothing came of it`,
          text: 'The network never took it. Try again.',
          link,
        });
        return;
      }
      const { failure } = outcome;
      toast(
        failure
          ? { good: false, title: `${title} failed`, text: failure.words, link }
          : { good: true, title: `${title}: done`, link },
      );
      await client.invalidateQueries();
    },
    [client, explorer, rpc, toast],
  );
}

/** Says what became of transactions that an earlier visit to the page sent. */
function useResumed(): void {
  const follow = useFollow();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    for (const one of pending()) void follow(one);
  }, [follow]);
}

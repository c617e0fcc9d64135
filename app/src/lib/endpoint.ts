// Where the chain is: an RPC and its websocket, chosen by the user and kept in this browser.

export type Endpoint = { readonly rpc: string; readonly websocket: string };

const KEY = 'breakwater.endpoint';
const LOCAL: Endpoint = { rpc: 'http://127.0.0.1:8899', websocket: 'ws://127.0.0.1:8900' };

const hasScheme = (text: string, schemes: readonly string[]): boolean =>
  URL.canParse(text) && schemes.includes(new URL(text).protocol);

/** What is wrong with an endpoint, in words; `undefined` when nothing is. */
export function endpointProblem({ rpc, websocket }: Endpoint): string | undefined {
  if (!hasScheme(rpc, ['http:', 'https:'])) return 'The RPC is not an http or https address';
  if (!hasScheme(websocket, ['ws:', 'wss:'])) return 'The websocket is not a ws or wss address';
  return undefined;
}

export function loadEndpoint(): Endpoint {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Endpoint | null;
    if (stored && endpointProblem(stored) === undefined) return stored;
  } catch {
    // What is stored is not ours: begin anew.
  }
  return LOCAL;
}

/** Chooses another endpoint. The page starts afresh, so that nothing of one network is shown as another's. */
export function chooseEndpoint(endpoint: Endpoint): void {
  localStorage.setItem(KEY, JSON.stringify(endpoint));
  location.reload();
}

/** Whether the RPC runs on this machine. */
export const isLoopback = (rpc: string): boolean =>
  URL.canParse(rpc) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(rpc).hostname);

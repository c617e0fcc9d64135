// Which network, and how the page looks.
import { useState } from 'react';
import { chooseEndpoint, endpointProblem } from '../lib/endpoint';
import { useChain } from '../lib/connection';
import { Modal } from './modal';
import { Button, Field } from './ui';

export function Settings({ onClose }: { onClose: () => void }) {
  const { endpoint } = useChain();
  const [rpc, setRpc] = useState(endpoint.rpc);
  const [websocket, setWebsocket] = useState(endpoint.websocket);
  const problem = endpointProblem({ rpc, websocket });
  return (
    <Modal title="Network" onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!problem) chooseEndpoint({ rpc, websocket });
        }}
      >
        <Field
          label="RPC"
          value={rpc}
          onChange={(event) => setRpc(event.target.value.trim())}
          hint="All requests of this page go there, and nowhere else."
        />
        <Field
          label="Websocket"
          value={websocket}
          onChange={(event) => setWebsocket(event.target.value.trim())}
          error={problem}
        />
        <div className="flex justify-end">
          <Button look="primary" type="submit" disabled={problem !== undefined}>
            Connect
          </Button>
        </div>
      </form>
    </Modal>
  );
}

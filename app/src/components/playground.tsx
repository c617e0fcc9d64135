// Time on the local network.
import { DAY, errorWords } from '@breakwater/client';
import { useQueryClient } from '@tanstack/react-query';
import { FastForward } from 'lucide-react';
import { useState } from 'react';
import { useChain } from '../lib/connection';
import { moment } from '../lib/format';
import { travelTo } from '../lib/playground';
import { useNow } from '../lib/queries';
import { useToast } from './toasts';
import { Button } from './ui';

export function Playground() {
  const now = useNow();
  const { rpc, endpoint } = useChain();
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const skip = async (days: bigint) => {
    setBusy(true);
    try {
      await travelTo(rpc, endpoint.rpc, now + days * DAY);
      await client.invalidateQueries();
    } catch (error) {
      toast({ good: false, title: 'Time did not pass', text: errorWords(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label="Time on the local network">
      <span className="tabular-nums">Local network, {now === 0n ? '…' : moment(now)}</span>
      <span className="flex gap-2">
        {[1n, 7n].map((days) => (
          <Button key={days} small busy={busy} onClick={() => void skip(days)}>
            <FastForward className="size-3.5" aria-hidden />
            {days === 1n ? '1 day' : `${days} days`}
          </Button>
        ))}
      </span>
    </div>
  );
}

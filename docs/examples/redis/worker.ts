// One of the processes: takes a place, says so, and keeps it until it is told to finish.
import { once } from 'node:events';
import { connect } from './connect.ts';

const [address = ''] = process.argv.slice(2);
const { printers, close } = await connect(address);
const finish = once(process, 'message');
const place = printers.permit();
// Answered behind the request for a place.
const { waiting } = await printers.state();
if (waiting > 0 && (await printers.state()).held === 2) process.send?.('waits');
const permit = await place;
process.send?.(`runs, and holds ${permit.n} of 2`);
await finish;
await permit.release();
await close();
process.disconnect();

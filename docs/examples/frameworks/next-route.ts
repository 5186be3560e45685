import { afterFunc, type ContextLike } from '@gosync/context';
import { requestLife, statusOf } from './request.ts';
import type { Users } from './users.ts';

type Handler = (
  request: Request,
  route: { readonly params: Promise<{ readonly id: string }> },
) => Promise<Response>;

/** What `app/users/[id]/route.ts` exports as `GET`. */
export function userRoute(server: ContextLike, users: Users): Handler {
  return async (request, { params }) => {
    using life = requestLife(server, 2_000);
    afterFunc(request.signal, life.leave);
    try {
      const { id } = await params;
      return new Response(await users.find(life.ctx, id));
    } catch (err) {
      return new Response(undefined, { status: statusOf(err) });
    }
  };
}

import { onMounted, onUnmounted, readonly, type Ref, ref, watch } from 'vue';

/** How often the time is shown to those who asked for less motion, in milliseconds. */
const calm = 500;

/** What `read` gives, in every frame while `active`; twice a second for those who asked for less motion. */
export function useNow(active: () => boolean, read: () => number): Readonly<Ref<number>> {
  const now = ref(0);
  let cancel: (() => void) | undefined;
  const follow = (): void => {
    now.value = read();
    if (!active()) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const timer = setTimeout(follow, calm);
      cancel = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(follow);
      cancel = () => cancelAnimationFrame(frame);
    }
  };
  // Not during the build: nothing moves there.
  onMounted(() => {
    watch(
      active,
      () => {
        cancel?.();
        follow();
      },
      { immediate: true },
    );
  });
  onUnmounted(() => cancel?.());
  return readonly(now);
}

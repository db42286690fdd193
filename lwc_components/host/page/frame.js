// What the page around the frame is told: how tall the panel is. It alone can give the frame more room.
import { session } from './session.js';
import { canvasMessage } from './canvas.js';

/** Tells the height of the element now and whenever it changes; nothing when there is no such page or no height. */
export function tellHeight(element) {
    if (!session.parent_origin || window.parent === window) return;
    let told = 0;
    new ResizeObserver(() => {
        const height = Math.ceil(element.getBoundingClientRect().height);
        if (!height || height === told) return;
        told = height;
        window.parent.postMessage(canvasMessage('resize', { size: { height: `${height}px` } }), session.parent_origin);
    }).observe(element);
}

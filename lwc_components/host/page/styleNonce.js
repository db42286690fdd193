/**
 * The engine adds the style sheets of components as <style> elements. They get the nonce of this page, so that the
 * Content Security Policy can refuse every other inline style sheet. Must be imported before the engine.
 */
const nonce = document.querySelector('script[nonce]')?.nonce;
const createElement = document.createElement.bind(document);

document.createElement = (name, options) => {
    const element = createElement(name, options);
    if (nonce && name === 'style') element.nonce = nonce;
    return element;
};

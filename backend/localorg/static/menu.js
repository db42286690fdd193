// Menus close with Escape and when the focus or a click goes elsewhere.

export function closeMenusPolitely() {
  const menus = document.querySelectorAll('[data-menu]');
  const closeOthers = (target) => menus.forEach((menu) => !menu.contains(target) && menu.removeAttribute('open'));
  document.addEventListener('click', (event) => closeOthers(event.target));
  document.addEventListener('focusin', (event) => closeOthers(event.target));
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && document.activeElement?.closest('[data-menu][open]');
    if (menu) {
      menu.removeAttribute('open');
      menu.querySelector('summary').focus();
    }
  });
}

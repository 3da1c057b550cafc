import { conversations } from './conversations.js';
import { Pane } from './pane.js';
import { Sidebar } from './sidebar.js';

const splitKey = 'sandbox-chat-split';
/** From this width on, two chats fit beside each other. */
const wide = matchMedia('(min-width: 1100px)');
/** Up to this width there is room for the list or for a chat. */
const phone = matchMedia('(max-width: 700px)');

/** The list on the left and one or two chats beside it; on a phone the list or one chat. */
export function openLayout(root) {
  const panes = [];
  let focused = 0;
  let isSplit = localStorage.getItem(splitKey) === 'yes';

  const sidebar = new Sidebar({
    open: ({ key }) => {
      if (location.hash === `#${key}`) openAsked();
      else location.hash = key;
    },
    toggleSplit: () => {
      isSplit = !isSplit;
      localStorage.setItem(splitKey, isSplit ? 'yes' : 'no');
      arrange();
    },
  });
  root.append(sidebar.root);

  const openConversations = () => panes.map((pane) => pane.conversation.key);

  /** On a phone an open chat is not seen while the list is. */
  const showOpen = () =>
    sidebar.setOpen(phone.matches && !root.classList.contains('chat-open') ? [] : openConversations());

  function show(index, conversation) {
    const other = panes.findIndex((pane, at) => at !== index && pane.conversation.key === conversation.key);
    if (other >= 0) return setFocused(other);
    if (panes[index]?.conversation.key === conversation.key) return setFocused(index);
    put(index, conversation);
  }

  function put(index, conversation) {
    const pane = new Pane(conversation, {
      back: () => {
        location.hash = '';
      },
      focused: () => setFocused(panes.indexOf(pane)),
      renew: (asked) => put(panes.indexOf(asked), asked.conversation),
      visit: (chatId, text) => visit(chatId, text),
    });
    const old = panes[index];
    if (old === undefined) root.append(pane.root);
    else {
      old.root.replaceWith(pane.root);
      old.close();
    }
    panes[index] = pane;
    showOpen();
    setFocused(index);
  }

  /** Goes to a chat and puts text into its input field, e.g. for an inline query. */
  function visit(chatId, text) {
    const conversation = conversations().find((candidate) => candidate.chatId === chatId);
    if (conversation === undefined) return;
    show(focused, conversation);
    root.classList.add('chat-open');
    panes[focused].insertText(text);
  }

  function setFocused(index) {
    if (index < 0) return;
    focused = index;
    speak(panes[focused].words);
    for (const [at, pane] of panes.entries())
      pane.root.classList.toggle('is-focused', panes.length > 1 && at === index);
  }

  /** What stands around the chats is in the language of whoever is looked at. */
  function speak(words) {
    sidebar.setWords(words);
    document.documentElement.lang = words.language;
    document.title = words.title;
    document.querySelector('.banner').textContent = words.banner;
  }

  function arrange() {
    const all = conversations();
    const wanted = isSplit && wide.matches && all.length > 1 ? 2 : 1;
    while (panes.length > wanted) {
      const pane = panes.pop();
      pane.close();
      pane.root.remove();
      setFocused(0);
    }
    while (panes.length < wanted) {
      const free = all.find(({ key }) => !openConversations().includes(key));
      show(panes.length, free);
    }
    root.classList.toggle('is-split', wanted === 2);
    sidebar.setSplit(wanted === 2);
    showOpen();
  }

  /** The address names the open chat, so that a phone's own back button leads to the list. */
  function openAsked() {
    const asked = conversations().find(({ key }) => `#${key}` === location.hash);
    root.classList.toggle('chat-open', asked !== undefined);
    showOpen();
    if (asked === undefined) return;
    show(focused, asked);
    panes[focused].focus();
  }

  openAsked();
  addEventListener('hashchange', openAsked);
  arrange();
  wide.addEventListener('change', arrange);
}

import { conversations } from './conversations.js';
import { Pane } from './pane.js';
import { Sidebar } from './sidebar.js';

const splitKey = 'sandbox-chat-split';
/** From this width on, two chats fit beside each other. */
const wide = matchMedia('(min-width: 1100px)');

/** The list on the left and one or two chats beside it; on a phone the list or one chat. */
export function openLayout(root) {
  const panes = [];
  let focused = 0;
  let isSplit = localStorage.getItem(splitKey) === 'yes';

  const sidebar = new Sidebar({
    open: (conversation) => {
      show(focused, conversation);
      history.replaceState(null, '', `#${conversation.key}`);
      root.classList.add('chat-open');
      panes[focused].focus();
    },
    toggleSplit: () => {
      isSplit = !isSplit;
      localStorage.setItem(splitKey, isSplit ? 'yes' : 'no');
      arrange();
    },
  });
  root.append(sidebar.root);

  const openConversations = () => panes.map((pane) => pane.conversation.key);

  function show(index, conversation) {
    const other = panes.findIndex((pane, at) => at !== index && pane.conversation.key === conversation.key);
    if (other >= 0) return setFocused(other);
    const pane = new Pane(conversation, {
      back: () => root.classList.remove('chat-open'),
      focused: () => setFocused(panes.indexOf(pane)),
      visit: (chatId, text) => visit(chatId, text),
    });
    const old = panes[index];
    if (old === undefined) root.append(pane.root);
    else {
      old.root.replaceWith(pane.root);
      old.close();
    }
    panes[index] = pane;
    sidebar.setOpen(openConversations());
    setFocused(index);
  }

  /** Goes to a chat and puts text into its input field, e.g. for an inline query. */
  function visit(chatId, text) {
    const conversation = conversations().find((candidate) => candidate.chatId === chatId);
    if (conversation === undefined) return;
    show(focused, conversation);
    panes[focused].insertText(text);
  }

  function setFocused(index) {
    if (index < 0) return;
    focused = index;
    for (const [at, pane] of panes.entries())
      pane.root.classList.toggle('is-focused', panes.length > 1 && at === index);
  }

  function arrange() {
    const all = conversations();
    const wanted = isSplit && wide.matches && all.length > 1 ? 2 : 1;
    while (panes.length > wanted) {
      panes.pop().root.remove();
      setFocused(0);
    }
    while (panes.length < wanted) {
      const free = all.find(({ key }) => !openConversations().includes(key));
      show(panes.length, free);
    }
    root.classList.toggle('is-split', wanted === 2);
    sidebar.setSplit(wanted === 2);
    sidebar.setOpen(openConversations());
  }

  const asked = conversations().find(({ key }) => `#${key}` === location.hash);
  if (asked !== undefined) {
    show(0, asked);
    root.classList.add('chat-open');
  }
  arrange();
  wide.addEventListener('change', arrange);
}

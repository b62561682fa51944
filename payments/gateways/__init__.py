"""Payment companies behind one interface; only payments.services opens one."""

package org.thalweg.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** Logs each kind of message once at its level, and then at debug level. Thread-safe. */
final class OnceLogger {

    private final Logger log;
    private final Set<Object> said = ConcurrentHashMap.newKeySet();

    OnceLogger(Logger log) {
        this.log = log;
    }

    /**
     * Logs a warning: something is wrong, but the listener continues.
     *
     * @param kind what is logged once
     * @param arguments of the message, as in SLF4J
     */
    void warn(Object kind, String message, Object... arguments) {
        if (said.add(kind)) {
            log.warn(message, arguments);
        } else {
            log.debug(message, arguments);
        }
    }

    /**
     * Logs an error: something that was requested will not be done.
     *
     * @param kind what is logged once
     * @param arguments of the message, as in SLF4J
     */
    void error(Object kind, String message, Object... arguments) {
        if (said.add(kind)) {
            log.error(message, arguments);
        } else {
            log.debug(message, arguments);
        }
    }
}

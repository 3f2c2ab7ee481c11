/** An HTTP server for few, trusted readers inside another process: bounded in threads and time, guarded against strangers. */
@NullMarked
package org.thalweg.viewer.internal.http;

import org.jspecify.annotations.NullMarked;

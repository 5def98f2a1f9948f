package huaweicloud.signing;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;

/**
 * Signs all that an OkHttp client sends: {@code new OkHttpClient.Builder().addInterceptor(new OkHttpSigning(key))}.
 * AccessKey has two warnings.
 */
public final class OkHttpSigning implements Interceptor {
    private final AccessKey key;

    public OkHttpSigning(AccessKey key) {
        this.key = key;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        var request = chain.request();
        var buffer = new Buffer();
        if (request.body() != null) request.body().writeTo(buffer);
        var body = buffer.readByteArray();
        var query = request.url().encodedQuery();
        var url = request.url().newBuilder().encodedQuery(query == null ? null : query.replace("+", "%20")).build();
        var signed = request.newBuilder().url(url).removeHeader("X-Auth-Token");
        if (request.body() != null) signed.method(request.method(), new SentOnce(request.body().contentType(), body));
        key.headers(request.method(), url.uri(), body).forEach(signed::header);
        return chain.proceed(signed.build());
    }

    /** OkHttp sends it once: not again after a broken connection, a 408 or a 503, nor to where a 307 points. */
    private static final class SentOnce extends RequestBody {
        private final MediaType type;
        private final byte[] body;

        SentOnce(MediaType type, byte[] body) {
            this.type = type;
            this.body = body;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return body.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(body);
        }
    }
}

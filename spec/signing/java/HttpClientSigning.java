package huaweicloud.signing;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Signs requests of java.net.http. In the clients of openapi-generator's library {@code native}:
 * {@code apiClient.setRequestInterceptor(new HttpClientSigning(key))}. AccessKey has two warnings.
 */
public final class HttpClientSigning implements Consumer<HttpRequest.Builder> {
    private final AccessKey key;

    public HttpClientSigning(AccessKey key) {
        this.key = key;
    }

    @Override
    public void accept(HttpRequest.Builder builder) {
        var request = builder.build();
        var query = request.uri().getRawQuery();
        var text = request.uri().toString();
        var url = URI.create(query == null ? text : text.replace(query, query.replace("+", "%20")));
        var body = request.bodyPublisher().map(HttpClientSigning::read).orElse(new byte[0]);
        builder.uri(url);
        key.headers(request.method(), url, body).forEach(builder::setHeader);
        // Once more, from the bytes that were signed.
        request.bodyPublisher().ifPresent(old -> builder.method(request.method(), BodyPublishers.ofByteArray(body)));
    }

    /** A publisher of a text or of bytes gives all of it at once. */
    private static byte[] read(HttpRequest.BodyPublisher publisher) {
        var bytes = new ByteArrayOutputStream();
        publisher.subscribe(new Flow.Subscriber<ByteBuffer>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer part) {
                while (part.hasRemaining()) bytes.write(part.get());
            }

            @Override
            public void onError(Throwable error) {
                throw new IllegalStateException(error);
            }

            @Override
            public void onComplete() {}
        });
        return bytes.toByteArray();
    }
}
